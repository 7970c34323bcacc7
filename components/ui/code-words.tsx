import { Fragment } from "react";

/** A text whose long codes (RABBITMQ_MEMORY_ALARM, an ARN, an address) break after a mark, not inside a word. */
export function CodeWords({ text }: { text: string }) {
  const [first = "", ...rest] = text.split(/(?<=[_@:/])/);
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
