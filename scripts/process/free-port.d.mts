export function probePort(port: number, host?: string): Promise<string>;
export function choosePort(preferred: number | undefined, host?: string): Promise<number>;
