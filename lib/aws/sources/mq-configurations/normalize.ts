import { InvalidAnswerError } from "../../failure";
import type { ConfigurationRevisionRead } from "../../gateway";
import { instantText } from "../../normalize-values";
import type { RevisionAnswer } from "./fetch";

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * A revision with its text decoded (UTF-8). The text is kept as it is, also where it is no well-formed XML: judging it is not the reader's job.
 * Throws InvalidAnswerError when the data is not base64.
 */
export function normalizeRevision(
  ref: { id: string; revision: number },
  answer: RevisionAnswer,
): ConfigurationRevisionRead {
  if (!BASE64.test(answer.Data)) throw new InvalidAnswerError("Data is not base64");
  const createdAt = instantText(answer.Created);
  return {
    configurationId: ref.id,
    revision: ref.revision,
    createdAt: createdAt ? new Date(createdAt) : null,
    description: answer.Description || null,
    data: Buffer.from(answer.Data, "base64").toString("utf8"),
  };
}
