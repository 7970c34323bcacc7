export const singleSignOnKeys = { view: () => ["single-sign-on"] as const };
