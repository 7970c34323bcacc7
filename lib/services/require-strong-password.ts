import { AppError } from "@/lib/domain/errors";
import { passwordProblems } from "@/lib/domain/password-rule";

/** Refuses (invalid-input) a password that is too weak for a person, saying all that is wrong with it. */
export function requireStrongPassword(password: string, about: { name: string; email: string }, field: string): void {
  const problems = passwordProblems(password, about);
  if (problems.length > 0) throw new AppError("invalid-input", problems.join(" "), { details: { field } });
}
