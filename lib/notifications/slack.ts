import type { Channel, ChannelMessage } from "./define-channel";
import { groupsOf, linkOf, SEVERITY_NAMES, subjectOf, TEST_WORDS, wordsOf } from "./message/wording";

/** Slack takes 50 blocks and 3,000 characters of text in a section (https://docs.slack.dev/reference/block-kit/blocks). */
const MOST_EVENTS = 30;
const SECTION_CHARACTERS = 2_900;
const MOST_BLOCKS = 48;

/** Slack's own three signs; everything else is text. */
export function slackText(words: string): string {
  return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** A message as the body of an incoming webhook: blocks, and a text for clients that show none. Pure. */
export function slackBody(message: ChannelMessage): { text: string; blocks: readonly object[] } {
  const subject = subjectOf(message);
  const blocks: object[] = [{ type: "header", text: { type: "plain_text", text: subject.slice(0, 150) } }];
  if (message.delivery === "test") blocks.push(section(slackText(TEST_WORDS)));
  for (const { heading, events, hidden } of message.delivery === "test" ? [] : groupsOf(message.events, MOST_EVENTS)) {
    const lines = events.map((event) => {
      const { title, detail, path } = wordsOf(event);
      const link = linkOf(message, path);
      const short = slackText(title.slice(0, 300));
      const name = link ? `<${link}|${short.replaceAll("|", "¦")}>` : short;
      const more = [detail, event.reason]
        .filter((words) => words !== "")
        .map((words) => slackText(words.slice(0, 400)));
      return `• *${SEVERITY_NAMES[event.severity]}* ${[name, ...more].join("\n   ")}`;
    });
    const parts = [`*${slackText(heading)}*`, ...lines, ...(hidden > 0 ? [`and ${hidden} more`] : [])];
    for (const words of chunks(parts, SECTION_CHARACTERS)) blocks.push(section(words));
  }
  const shown = blocks.slice(0, MOST_BLOCKS);
  if (message.publicAddress)
    shown.push({ type: "context", elements: [{ type: "mrkdwn", text: `<${message.publicAddress}|MQ Steward>` }] });
  return { text: slackText(subject), blocks: shown };
}

function section(words: string): object {
  return { type: "section", text: { type: "mrkdwn", text: words } };
}

/** Lines joined into texts that are not longer than allowed. */
function chunks(lines: readonly string[], most: number): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length + 1 <= most) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line.slice(0, most));
  }
  return texts;
}

/** Slack by an incoming webhook. It knows no idempotency key. */
export const slack: Channel = {
  kind: "slack",
  personal: false,
  grouping: "step",
  recognisesRepeats: false,
  send: (message, { secrets }, transports) =>
    transports.http({
      url: secrets.url ?? "",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(slackBody(message)),
    }),
};
