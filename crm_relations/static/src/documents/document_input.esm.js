import {FileInput} from "@web/core/file_input/file_input";

export const ACCEPTED =
    "image/*,application/pdf,.doc,.docx,.xls,.xlsx,.odt,.ods,.txt,.ofd,.heic";

/** Odoo's input of files, which on a telephone may open the camera at once. */
export class DocumentInput extends FileInput {
    static template = "crm_relations.DocumentInput";
    static defaultProps = {...FileInput.defaultProps, acceptedFileExtensions: ACCEPTED};
}
