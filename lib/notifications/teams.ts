import type { Severity } from "@/lib/domain/finding";
import type { Channel, ChannelMessage } from "./define-channel";
import { groupsOf, linkOf, SEVERITY_NAMES, subjectOf, TEST_WORDS, wordsOf } from "./message/wording";

/** Teams takes messages of 28 KB (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages). */
const MOST_EVENTS = 25;
const MOST_CHARACTERS = 240;

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: "Attention",
  high: "Warning",
  medium: "Default",
  low: "Default",
};

/** Markdown's signs and links of a TextBlock, as text. */
export function teamsText(words: string): string {
  return words.replace(/([\\`*_{}[\]()#+.!|<>~-])/g, "\\$1");
}

/** A message as an adaptive card, in the envelope that Teams' Workflows take ("Post to a channel when a webhook request is received"). Pure. */
export function teamsBody(message: ChannelMessage): object {
  const body: object[] = [
    {
      type: "TextBlock",
      text: teamsText(subjectOf(message)),
      size: "Large",
      weight: "Bolder",
      wrap: true,
      style: "heading",
    },
  ];
  if (message.delivery === "test") body.push({ type: "TextBlock", text: teamsText(TEST_WORDS), wrap: true });
  for (const { heading, events, hidden } of message.delivery === "test" ? [] : groupsOf(message.events, MOST_EVENTS)) {
    body.push({ type: "TextBlock", text: teamsText(heading), weight: "Bolder", wrap: true, spacing: "Medium" });
    for (const event of events) {
      const { title, detail, path } = wordsOf(event);
      const link = linkOf(message, path);
      const short = teamsText(title.slice(0, MOST_CHARACTERS));
      const name = link ? `[${short}](${link})` : short;
      const more = [detail, event.reason].filter((words) => words !== "");
      body.push({
        type: "TextBlock",
        text: `${SEVERITY_NAMES[event.severity]}: ${name}`,
        color: COLOURS[event.severity],
        wrap: true,
      });
      if (more.length > 0)
        body.push({
          type: "TextBlock",
          text: teamsText(more.join(" ").slice(0, MOST_CHARACTERS)),
          isSubtle: true,
          wrap: true,
          spacing: "None",
        });
    }
    if (hidden > 0) body.push({ type: "TextBlock", text: `and ${hidden} more`, isSubtle: true, wrap: true });
  }
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body,
          ...(message.publicAddress
            ? { actions: [{ type: "Action.OpenUrl", title: "Open MQ Steward", url: message.publicAddress }] }
            : {}),
        },
      },
    ],
  };
}

/** Microsoft Teams by a Workflows webhook. It knows no idempotency key. */
export const teams: Channel = {
  kind: "teams",
  personal: false,
  grouping: "step",
  recognisesRepeats: false,
  send: (message, { secrets }, transports) =>
    transports.http({
      url: secrets.url ?? "",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(teamsBody(message)),
    }),
};
