import { Fragment } from "react";

/** After a mark; after a point that no figure follows (session.sign-in, not 3.13.7). */
const BREAKS = /(?<=[_@:/])|(?<=\.)(?=[a-z])/;

/** A text whose long codes (RABBITMQ_MEMORY_ALARM, an ARN, an address) break after a mark, not inside a word. */
export function CodeWords({ text }: { text: string }) {
  const [first = "", ...rest] = text.split(BREAKS);
  return (
    <>
      {first}
      {rest.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text may be equal, and never change their order
        <Fragment key={index}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}
