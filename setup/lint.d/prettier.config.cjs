/** @type {import('prettier').Config} */
module.exports = {
    // Found through NODE_PATH: the modules are not installed beside this file.
    plugins: [require.resolve("@prettier/plugin-xml")],
    bracketSpacing: false,
    printWidth: 88,
    proseWrap: "always",
    semi: true,
    tabWidth: 4,
    trailingComma: "es5",
    xmlWhitespaceSensitivity: "preserve",
    overrides: [{files: "*.{json,md,yaml,yml}", options: {tabWidth: 2}}],
};
