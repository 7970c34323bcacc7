import { type ParseArgsConfig, parseArgs } from "node:util";
import { OperatorError } from "./operator-error.mjs";

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * The options of a command line, by node:util's parseArgs; null where `--help` asked for `usage`, which was printed. Errors: OperatorError with the usage
 * for what the command does not know.
 */
export function commandOptions<const T extends Options>(
  usage: string,
  options: T,
  { args = process.argv.slice(2), print = (text: string) => console.log(text) } = {},
): ReturnType<typeof parseArgs<{ options: T }>>["values"] | null {
  if (args.includes("--help") || args.includes("-h")) {
    print(usage);
    return null;
  }
  try {
    return parseArgs({ options, args }).values;
  } catch (error) {
    if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
      throw new OperatorError(error.message, usage, { cause: error });
    throw error;
  }
}
