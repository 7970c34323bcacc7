export function probePort(port: number, host?: string): Promise<string>;
export function probePortPatiently(port: number, host: string, patienceMs: number): Promise<string>;
export function choosePort(preferred: number | undefined, host?: string): Promise<number>;
