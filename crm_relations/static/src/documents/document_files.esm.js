import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";
import {DocumentInput} from "./document_input.esm";
import {registry} from "@web/core/registry";

/** Files belong to their document once it is saved: what cannot be kept is refused
 *  there, in words, and a discarded form has changed nothing. */
class DocumentFiles extends Many2ManyBinaryField {
    static template = "crm_relations.DocumentFiles";
    static components = {...Many2ManyBinaryField.components, DocumentInput};
}

registry.category("fields").add("document_files", {
    ...many2ManyBinaryField,
    component: DocumentFiles,
});
