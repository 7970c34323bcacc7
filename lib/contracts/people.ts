import { z } from "zod";
import { instant } from "@/lib/contracts/common";
import { ROLES } from "@/lib/contracts/permissions";
import { PASSWORD_MAX_LENGTH } from "@/lib/domain/password-rule";

const personName = z.string().trim().min(1).max(120);
const emailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** As typed. What makes one strong is lib/domain/password-rule, which says all that is wrong at once. */
const password = z.string().min(1).max(PASSWORD_MAX_LENGTH);
const role = z.enum(ROLES);

export const signInInput = z.object({ email: emailAddress, password }).meta({ id: "SignIn" });
export const demoSignInInput = z.object({ role }).meta({ id: "DemoSignIn" });
export const setUpInput = z
  .object({
    name: personName,
    email: emailAddress,
    password,
    secret: z
      .string()
      .max(1000)
      .optional()
      .meta({ description: "MQ_STEWARD_SECRET, where other machines reach the server" }),
  })
  .meta({ id: "SetUp" });
export const passwordChange = z.object({ current: password, next: password }).meta({ id: "PasswordChange" });
export const signedIn = z
  .object({
    name: z.string(),
    mustChangePassword: z.boolean(),
    secondFactor: z
      .boolean()
      .meta({ description: "A code of the authenticator app is wanted before anybody is signed in" }),
  })
  .meta({ id: "SignedIn" });
const code = z.string().trim().min(6).max(20);
export const secondFactorCode = z
  .object({ code, backup: z.boolean().default(false).meta({ description: "Whether it is a backup code" }) })
  .meta({ id: "SecondFactorCode" });
export const secondFactorState = z
  .object({ available: z.boolean(), enabled: z.boolean() })
  .meta({ id: "SecondFactor" });
export const presentPassword = z.object({ password }).meta({ id: "PresentPassword" });
export const secondFactorSetUp = z
  .object({
    uri: z.string().meta({ description: "otpauth address, for the app's camera" }),
    backupCodes: z.array(z.string()).meta({ description: "Each good once; shown this once" }),
  })
  .meta({ id: "SecondFactorSetUp" });
export const secondFactorConfirmation = z.object({ code }).meta({ id: "SecondFactorConfirmation" });

const ownerOfPerson = z.object({ key: z.string(), displayName: z.string() });

export const sessionView = z
  .object({
    person: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role,
      owners: z.array(ownerOfPerson),
    }),
    permissions: z.array(z.string()),
    issuer: z
      .string()
      .nullable()
      .meta({ description: "OpenID provider that says role and owners; null with a password" }),
    mustChangePassword: z.boolean(),
    expiresAt: instant,
  })
  .meta({ id: "Session" });
export type SessionView = z.infer<typeof sessionView>;

export const personItem = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    owners: z.array(ownerOfPerson),
    mustChangePassword: z.boolean(),
    disabledAt: instant.nullable(),
    lastSignInAt: instant.nullable(),
    addedAt: instant,
    sessions: z.number().int().meta({ description: "Sessions that are open" }),
    issuer: z
      .string()
      .nullable()
      .meta({ description: "OpenID provider he signs in at, which says his role; null with a password" }),
    secondFactor: z.boolean().meta({ description: "Whether signing in asks for a code, too" }),
    refused: z.boolean().meta({ description: "Whether no group of the provider lets him in any more" }),
  })
  .meta({ id: "Person" });
export type PersonItem = z.infer<typeof personItem>;
export const peopleList = z
  .object({
    items: z.array(personItem),
    total: z.number().int(),
    /** Owner entities that people can be put into. */
    owners: z.array(ownerOfPerson),
  })
  .meta({ id: "People" });
export type PeopleList = z.infer<typeof peopleList>;

const ownerKeys = z.array(z.string().min(1).max(300)).max(200).meta({ description: "Keys of owner entities" });
export const personInput = z
  .object({ name: personName, email: emailAddress, role, owners: ownerKeys.default([]) })
  .meta({ id: "PersonInput" });
export const personPatch = z
  .object({ name: personName, role, owners: ownerKeys, disabled: z.boolean() })
  .partial()
  .meta({ id: "PersonPatch" });
export const oneTimePassword = z
  .object({
    person: personItem,
    password: z.string().meta({ description: "Shown this once; good for choosing another one" }),
  })
  .meta({ id: "OneTimePassword" });
