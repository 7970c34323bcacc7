export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;
/** A passphrase of this length needs no mixture of characters. */
const PASSPHRASE_LENGTH = 20;
const MIN_DIFFERENT = 6;
const MIN_KINDS = 3;

/** What attackers try first; a password that is one of these with digits and signs around it counts as one. */
const COMMON = [
  "password",
  "passwort",
  "passw0rd",
  "p@ssw0rd",
  "p@ssword",
  "administrator",
  "admin",
  "welcome",
  "changeme",
  "letmein",
  "qwerty",
  "qwertz",
  "qwertyuiop",
  "asdfghjkl",
  "iloveyou",
  "monkey",
  "dragon",
  "football",
  "secret",
  "steward",
  "mqsteward",
  "amazonmq",
  "activemq",
  "rabbitmq",
  "correcthorsebatterystaple",
];

/** Says what is wrong with a password that a person chose, in words for him; empty when it will do. Pure, so that page and server say the same. */
export function passwordProblems(password: string, about: { name?: string; email?: string } = {}): string[] {
  const problems: string[] = [];
  if (password.length < PASSWORD_MIN_LENGTH) problems.push(`Use at least ${PASSWORD_MIN_LENGTH} characters.`);
  if (password.length > PASSWORD_MAX_LENGTH) problems.push(`Use at most ${PASSWORD_MAX_LENGTH} characters.`);
  if (new Set(password).size < MIN_DIFFERENT) problems.push(`Use at least ${MIN_DIFFERENT} different characters.`);
  if (password.length < PASSPHRASE_LENGTH && kindsOf(password) < MIN_KINDS) {
    problems.push(
      `Mix three of these: small letters, capital letters, digits, signs. From ${PASSPHRASE_LENGTH} characters on any will do.`,
    );
  }
  if (isCommon(password)) problems.push("This is among the passwords that are tried first.");
  if (personalParts(about).some((part) => password.toLowerCase().includes(part))) {
    problems.push("Leave your name and e-mail address out of it.");
  }
  return problems;
}

function kindsOf(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
}

function isCommon(password: string): boolean {
  const bare = password.toLowerCase().replace(/\s+/g, "");
  const core = bare.replace(/^[\d\W_]+|[\d\W_]+$/g, "");
  const run = /^(?:0?1234567890*|abcdefghijkl\w*|(.{1,4})\1+)$/.test(bare);
  return run || COMMON.includes(bare) || COMMON.includes(core);
}

/** Parts of name and address that are long enough to be told from chance. */
function personalParts({ name = "", email = "" }: { name?: string; email?: string }): string[] {
  const [local = ""] = email.toLowerCase().split("@");
  return [local, ...local.split(/[._+-]/), ...name.toLowerCase().split(/\s+/)].filter((part) => part.length >= 4);
}
