import * as client from "openid-client";
import type { WallClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/domain/errors";
import type { SingleSignOnSettings } from "@/lib/env";

/** A sign-in at the provider that has begun: what only this server knows of it until the browser comes back. */
export interface SignOnFlow {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

/** Who somebody is, as the provider's signed token says. */
export interface SignedOnPerson {
  issuer: string;
  subject: string;
  email: string | null;
  /** Null where the provider says nothing about it. */
  emailVerified: boolean | null;
  name: string | null;
  groups: readonly string[];
}

/** OpenID Connect: authorization code with PKCE, state and nonce, at any issuer by discovery. */
export interface SingleSignOn {
  readonly settings: SingleSignOnSettings;
  /** Where the browser goes, and what is kept until it comes back. Throws unavailable where the issuer does not answer. */
  begin(redirectUri: string): Promise<{ location: string; flow: SignOnFlow }>;
  /** Who came back. Throws unavailable, or unauthenticated where the answer is not the one to this flow, or not the issuer's. */
  finish(flow: SignOnFlow, search: string): Promise<SignedOnPerson>;
}

const TIMEOUT_SECONDS = 8;
/** For so long a discovery document is believed. */
const DISCOVERY_MS = 3_600_000;
const MAX_GROUPS = 1_000;

/** Reads the issuer's discovery document at the first sign-in and once an hour; an issuer that is away does not hinder the start. */
export function createSingleSignOn(settings: SingleSignOnSettings, wall: WallClock): SingleSignOn {
  let known: { configuration: client.Configuration; until: number } | null = null;

  async function configuration(): Promise<client.Configuration> {
    if (known && known.until > wall.monotonicMs()) return known.configuration;
    const { issuer, clientId, clientSecret } = settings;
    const insecure = new URL(issuer).protocol === "http:" ? [client.allowInsecureRequests] : [];
    const found = await client
      .discovery(new URL(issuer), clientId, clientSecret, clientSecret ? undefined : client.None(), {
        timeout: TIMEOUT_SECONDS,
        // The token's signature is checked, although it comes over TLS.
        execute: [client.enableNonRepudiationChecks, ...insecure],
      })
      .catch(unreachable);
    known = { configuration: found, until: wall.monotonicMs() + DISCOVERY_MS };
    return found;
  }

  return {
    settings,
    begin: async (redirectUri) => {
      const provider = await configuration();
      const flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
        redirectUri,
      };
      const location = client.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.codeVerifier),
        code_challenge_method: "S256",
      });
      return { location: location.href, flow };
    },
    finish: async (flow, search) => {
      const provider = await configuration();
      const address = new URL(flow.redirectUri);
      address.search = search;
      const tokens = await client
        .authorizationCodeGrant(provider, address, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.codeVerifier,
          idTokenExpected: true,
        })
        .catch(refused);
      const claims = tokens.claims();
      if (!claims) throw new AppError("unauthenticated", "The sign-in service said nothing about who you are.");
      // Some providers tell groups, name and address only to who asks with the access token.
      const more =
        claims[settings.groupsClaim] === undefined || claims.email === undefined
          ? await userInfo(provider, tokens.access_token, claims.sub)
          : {};
      const all: Record<string, unknown> = { ...more, ...claims };
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: textOf(all.email),
        emailVerified: typeof all.email_verified === "boolean" ? all.email_verified : null,
        name: textOf(all.name) ?? textOf(all.preferred_username),
        groups: groupsOf(all[settings.groupsClaim]),
      };
    },
  };
}

/** What the provider tells beside the token; nothing where it has no such address. One that does not answer is no sign-in: it must not read as "in no group". */
async function userInfo(provider: client.Configuration, accessToken: string, subject: string): Promise<object> {
  if (!provider.serverMetadata().userinfo_endpoint) return {};
  return client.fetchUserInfo(provider, accessToken, subject).catch(unreachable);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" && !value.includes("\0") ? value.trim() : null;
}

/** A list of names, or one name. */
function groupsOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((name) => textOf(name) ?? []).slice(0, MAX_GROUPS);
}

function unreachable(cause: unknown): never {
  throw new AppError(
    "unavailable",
    "The sign-in service does not answer. Whoever has a password of MQ Steward can sign in with it.",
    { cause },
  );
}

/** What the provider, or the check of its answer, said. Only its own refusals are repeated. */
function refused(cause: unknown): never {
  if (cause instanceof client.AuthorizationResponseError) {
    throw new AppError("unauthenticated", "The sign-in service refused, or the sign-in was cancelled there.", {
      cause,
    });
  }
  if (cause instanceof client.ClientError && isTransport(cause)) unreachable(cause);
  if (!(cause instanceof client.ClientError || cause instanceof client.ResponseBodyError)) {
    if (cause instanceof TypeError && cause.message === "fetch failed") unreachable(cause);
  }
  throw new AppError("unauthenticated", "This answer of the sign-in service cannot be used here. Start again.", {
    cause,
  });
}

function isTransport({ code, cause }: client.ClientError): boolean {
  return code === "OAUTH_TIMEOUT" || (cause instanceof TypeError && cause.message === "fetch failed");
}

/** Where the provider sends the browser back to, as the browser names this server. */
export function redirectUriOf({ secure, host }: { secure: boolean; host: string }): string {
  return `${secure ? "https" : "http"}://${host}/sign-in/sso`;
}
