import { z } from "zod";
import { ROLES } from "@/lib/contracts/permissions";

export const signOnStart = z
  .object({ next: z.string().max(2000).optional().meta({ description: "Page to come back to" }) })
  .meta({ id: "SingleSignOnStart" });
export const signOnLocation = z
  .object({ location: z.string().meta({ description: "Where the browser goes to sign in" }) })
  .meta({ id: "SingleSignOnLocation" });
export const signOnReturn = z
  .object({
    search: z.string().max(20_000).meta({ description: "Query that the provider sent the browser back with" }),
  })
  .meta({ id: "SingleSignOnReturn" });
export const signedOn = z.object({ name: z.string(), returnTo: z.string() }).meta({ id: "SignedOn" });

const groupName = z.string().trim().min(1).max(300);
export const signOnMapping = z.union([
  z.strictObject({ group: groupName, role: z.enum(ROLES) }),
  z.strictObject({ group: groupName, owner: z.string().min(1).max(300) }),
]);
export const signOnMappings = z
  .strictObject({ mappings: z.array(signOnMapping).max(500) })
  .meta({ id: "SingleSignOnMappings" });

export const signOnView = z
  .object({
    /** Null where none is configured. */
    provider: z
      .object({ issuer: z.string(), clientId: z.string(), scopes: z.string(), groupsClaim: z.string() })
      .nullable(),
    redirectUri: z.string().meta({ description: "To be registered at the provider" }),
    mappings: z.array(
      z.object({
        group: z.string(),
        role: z.enum(ROLES).nullable(),
        owner: z.object({ key: z.string(), displayName: z.string() }).nullable(),
      }),
    ),
    owners: z.array(z.object({ key: z.string(), displayName: z.string() })),
  })
  .meta({ id: "SingleSignOn" });
export type SignOnView = z.infer<typeof signOnView>;
