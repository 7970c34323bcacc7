import { factText } from "./fact-text";

const SHOWN = 80;

/** What a broker's coming and going is called; attribute "presence". */
const PRESENCE_CHANGES: Readonly<Record<string, string>> = { present: "Appeared", gone: "Gone from AWS" };

/** "old → new" of a change; long values are cut, with the whole text in the title. */
export function ChangeValue({
  attribute,
  oldValue,
  newValue,
}: {
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
}) {
  const presence = attribute === "presence" && typeof newValue === "string" ? PRESENCE_CHANGES[newValue] : undefined;
  if (presence) return presence;
  const [before, after] = [factText(oldValue), factText(newValue)];
  return (
    <span className="mqs-break" title={`${before} → ${after}`}>
      {clip(before)}{" "}
      <span role="img" aria-label="changed to">
        →
      </span>{" "}
      {clip(after)}
    </span>
  );
}

/** By characters as people see them: an emoji is never cut in half. */
function clip(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN - 1).join("")}…` : text;
}
