export type Product = "bundle" | "build";
export function isStale(root: string, product: Product): boolean;
export function removeStamp(root: string, product: Product): void;
export function writeStamp(root: string, product: Product, value: string): void;
export function fingerprint(root: string, product: Product): string;
