export function findChromium(root: string, announce: (line: string) => void): Promise<string>;
