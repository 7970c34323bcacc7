/** Name and version of the product; a test keeps the version equal to package.json's. */
export const PRODUCT = { name: "MQ Steward", version: "0.1.0" } as const;
