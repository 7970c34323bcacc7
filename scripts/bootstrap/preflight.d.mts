export function checkNode(version?: string): void;
export function checkPlatform(platform?: string): void;
export function checkDisk(root: string, needs: { neededBytes: number }): void;
export function checkDataDirectory(dataDirectory: string): void;
export function checkPort(host: string, port: number, command: string): Promise<void>;
export function checkDatabaseUser(): void;
export function neededBytes(root: string): number;
export function usesGlibc(): boolean;
