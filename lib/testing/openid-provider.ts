import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Configuration } from "oidc-provider";

/** Somebody of the provider under test: what its token says. */
export interface ProviderAccount {
  sub: string;
  name?: string;
  email?: string;
  email_verified?: boolean;
  groups?: readonly string[];
}

/** A real OpenID provider (oidc-provider) on the loopback address. */
export interface OpenIdProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The addresses that it sends browsers back to; none at the start. */
  sendsBackTo(redirectUris: readonly string[]): void;
  /** Who the next sign-in is, without a page that asks. */
  signsInAs(account: ProviderAccount): void;
  /** Goes through the provider's pages as a browser would; the query that it sends back with. */
  follow(location: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a provider. It asks nothing and signs in at once. */
export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  const { Provider } = await import("oidc-provider");
  const clientId = "mq-steward";
  const clientSecret = "a secret of the tests, long enough for HS256";
  const accounts = new Map<string, ProviderAccount>();
  let next: ProviderAccount = { sub: "nobody" };
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!isAddress(address)) throw new Error("the provider has no port");
  const issuer = `http://127.0.0.1:${address.port}`;
  let redirectUris: readonly string[] = [];
  const configuration: Configuration = {
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    conformIdTokenClaims: false,
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
    scopes: ["openid", "profile", "email", "groups"],
    cookies: { keys: ["a key of the tests"] },
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ ...accounts.get(id), sub: id }),
    }),
    loadExistingGrant: async ({ oidc: { client, session, provider: own } }) => {
      if (!client || !session?.accountId) return undefined;
      const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile email groups");
      await grant.save();
      return grant;
    },
  };
  const providerFor = (uris: readonly string[]) =>
    new Provider(issuer, {
      ...configuration,
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [...uris],
          grant_types: ["authorization_code"],
          response_types: ["code"],
        },
      ],
    });
  let provider = providerFor(["http://127.0.0.1/none"]);
  let handle = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return handle(request, response);
    accounts.set(next.sub, next);
    provider
      .interactionFinished(request, response, { login: { accountId: next.sub, remember: false } })
      .catch(() => response.destroy());
  });
  return {
    issuer,
    clientId,
    clientSecret,
    sendsBackTo: (uris) => {
      redirectUris = uris;
      provider = providerFor(uris);
      handle = provider.callback();
    },
    signsInAs: (account) => {
      next = account;
    },
    follow: (location) => followRedirects(location, redirectUris),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

async function followRedirects(start: string, redirectUris: readonly string[]): Promise<string> {
  const cookies = new Map<string, string>();
  let location = start;
  for (let hop = 0; hop < 10; hop += 1) {
    if (redirectUris.some((uri) => location.startsWith(`${uri}?`))) return new URL(location).search;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(location, { redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    const to = answer.headers.get("location");
    if (!to) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    location = new URL(to, location).href;
  }
  throw new Error("the provider redirects for ever");
}
