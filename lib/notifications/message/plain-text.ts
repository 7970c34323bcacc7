import type { ChannelMessage } from "../define-channel";
import { groupsOf, linkOf, SEVERITY_NAMES, TEST_WORDS, wordsOf } from "./wording";

/** A message as plain text: the other half of an e-mail, and what a topic gets. At most `most` events are written out. */
export function plainText(message: ChannelMessage, most: number): string {
  if (message.delivery === "test") return `${TEST_WORDS}\n`;
  const lines: string[] = [];
  for (const { heading, events, hidden } of groupsOf(message.events, most)) {
    lines.push(heading, "-".repeat(heading.length));
    for (const event of events) {
      const { title, detail, path } = wordsOf(event);
      const link = linkOf(message, path);
      lines.push(`* ${SEVERITY_NAMES[event.severity]}: ${title}`);
      if (detail) lines.push(`  ${detail}`);
      if (event.reason) lines.push(`  ${event.reason}`);
      if (link) lines.push(`  ${link}`);
    }
    if (hidden > 0) lines.push(`  and ${hidden} more`);
    lines.push("");
  }
  if (message.acknowledgeUrl)
    lines.push(
      "Acknowledge the findings above (the link shows what it will do first, and works once):",
      message.acknowledgeUrl,
      "",
    );
  if (message.publicAddress) lines.push(`MQ Steward: ${message.publicAddress}`);
  else lines.push("There are no links: an administrator can set the public address under Settings, Notifications.");
  return `${lines.join("\n")}\n`;
}
