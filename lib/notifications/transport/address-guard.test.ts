import { describe, expect, it } from "vitest";
import { AddressRefused, checkedAddresses } from "./address-guard";

const resolveTo =
  (...addresses: string[]) =>
  async () =>
    addresses;

describe("an address to be reached", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.0.0.5",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "ff02::1",
  ])("is refused when it is %s, as a literal and behind a name", async (address) => {
    const options = { allowed: [] };
    await expect(checkedAddresses("hooks.example.com", { ...options, resolve: resolveTo(address) })).rejects.toThrow(
      AddressRefused,
    );
    if (!address.includes("%")) await expect(checkedAddresses(`[${address}]`, options)).rejects.toThrow(AddressRefused);
  });

  it.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])(
    "is reached when it is public: %s",
    async (address) => {
      const [found] = await checkedAddresses("example.com", { allowed: [], resolve: resolveTo(address) });
      expect(found?.address).toBe(address);
    },
  );

  it("is refused when one of several is not public", async () => {
    const resolve = resolveTo("93.184.216.34", "10.0.0.1");
    await expect(checkedAddresses("example.com", { allowed: [], resolve })).rejects.toThrow("10.0.0.1");
  });

  it.each([
    ["its name", ["mail.internal"]],
    ["its name in other letters", ["MAIL.internal"]],
    ["its address", ["10.1.2.3"]],
    ["its range", ["10.1.0.0/16"]],
  ])("is reached when the settings allow %s", async (_what, allowed) => {
    const found = await checkedAddresses("mail.internal", { allowed, resolve: resolveTo("10.1.2.3") });
    expect(found).toEqual([{ address: "10.1.2.3", family: 4 }]);
  });

  it.each([[["10.2.0.0/16"]], [["mail.internal.example.com"]], [["internal"]], [["fd00::/8"]]])(
    "is refused when the settings allow others: %s",
    async (allowed) => {
      await expect(checkedAddresses("mail.internal", { allowed, resolve: resolveTo("10.1.2.3") })).rejects.toThrow(
        AddressRefused,
      );
    },
  );

  it.each(["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "::ffff:169.254.169.254"])(
    "is never the machine's credentials, whatever is allowed: %s",
    async (address) => {
      const allowed = ["metadata.internal", "169.254.0.0/16", "fd00::/8", address];
      await expect(checkedAddresses("metadata.internal", { allowed, resolve: resolveTo(address) })).rejects.toThrow(
        "never reached",
      );
    },
  );
});
