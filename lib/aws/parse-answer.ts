import type { z } from "zod";
import { InvalidAnswerError } from "./failure";

/** The answer as the schema has it. Throws InvalidAnswerError naming the first field that does not fit, never its content. */
export function parseAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".");
  throw new InvalidAnswerError(path ? `${path} is missing or of the wrong kind` : "it has the wrong shape");
}
