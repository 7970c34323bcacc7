import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/** An address that may not be connected to. The message says which, and what allows it. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/** All addresses of a host name, as the system resolves it. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const systemResolve: Resolve = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/** Credentials of the machine are given out here; no setting opens it. */
const NEVER = new Set(["169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23"]);

/**
 * The addresses of a host, each of them checked: public, or allowed by the settings by host name, address or range. One that is refused refuses them all.
 * Connect to exactly these, so that a name that answers otherwise a moment later changes nothing. Throws AddressRefused; what the resolver throws passes.
 */
export async function checkedAddresses(
  host: string,
  { allowed, resolve = systemResolve }: { allowed: readonly string[]; resolve?: Resolve },
): Promise<CheckedAddress[]> {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  const texts = ipaddr.isValid(bare) ? [bare] : await resolve(bare);
  if (texts.length === 0) throw new AddressRefused(`${bare} has no address.`);
  return texts.map((text) => {
    const address = ipaddr.process(text.replace(/%.*$/, ""));
    const plain = address.toString();
    if (NEVER.has(plain)) throw new AddressRefused(`${bare} leads to ${plain}, which is never reached.`);
    if (address.range() !== "unicast" && !isAllowed(bare, address, allowed))
      throw new AddressRefused(
        `${bare} leads to ${plain}, which is not a public address. An administrator can allow it under Settings, Notifications.`,
      );
    return { address: plain, family: address.kind() === "ipv4" ? 4 : 6 };
  });
}

function isAllowed(host: string, address: ipaddr.IPv4 | ipaddr.IPv6, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    const text = entry.toLowerCase();
    if (text === host) return true;
    if (ipaddr.isValid(text)) return ipaddr.process(text).toString() === address.toString();
    if (!ipaddr.isValidCIDR(text)) return false;
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === address.kind() && address.match(network, bits);
  });
}
