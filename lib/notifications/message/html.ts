import type { Severity } from "@/lib/domain/finding";
import { PRODUCT } from "@/lib/domain/product";
import type { ChannelMessage } from "../define-channel";
import { groupsOf, linkOf, SEVERITY_NAMES, subjectOf, TEST_WORDS, wordsOf } from "./wording";

/** Dark on light, each at least 4.5 : 1. */
const COLOURS: Readonly<Record<Severity, string>> = {
  critical: "#8b0000",
  high: "#a33c00",
  medium: "#5c4a00",
  low: "#3c4a5a",
};

const FONT = "font-family:Arial,Helvetica,sans-serif;color:#0f141a;overflow-wrap:anywhere;word-break:break-word;";

export function escapeHtml(words: string): string {
  return words.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/**
 * A message as HTML for mail readers: tables and inline styles, no images, nothing loaded from anywhere. At most `most` events are written out.
 */
export function htmlOf(message: ChannelMessage, most: number): string {
  const body = message.delivery === "test" ? paragraph(TEST_WORDS) : eventsOf(message, most);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subjectOf(message))}</title></head>
<body style="margin:0;padding:24px;background:#f3f3f7;${FONT}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:680px;table-layout:fixed;margin:0 auto;background:#ffffff;border:1px solid #c6c6cd;border-radius:8px">
<tr><td style="padding:24px;${FONT}font-size:14px;line-height:20px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:26px">${escapeHtml(subjectOf(message))}</h1>
${body}
${footer(message)}
</td></tr></table></body></html>
`;
}

function eventsOf(message: ChannelMessage, most: number): string {
  const groups = groupsOf(message.events, most).map(({ heading, events, hidden }) => {
    const rows = events.map((event) => {
      const { title, detail, path } = wordsOf(event);
      const link = linkOf(message, path);
      const name = link
        ? `<a href="${escapeHtml(link)}" style="color:#0050b3">${escapeHtml(title)}</a>`
        : escapeHtml(title);
      const more = [detail, event.reason].filter((words) => words !== "").map(escapeHtml);
      return `<tr><td valign="top" width="76" style="padding:6px 8px 6px 0;${FONT}font-size:13px;font-weight:bold;color:${COLOURS[event.severity]}">${SEVERITY_NAMES[event.severity]}</td><td style="padding:6px 0;${FONT}font-size:14px;line-height:20px">${[name, ...more.map((words) => `<span style="color:#424650">${words}</span>`)].join("<br>")}</td></tr>`;
    });
    const rest = hidden > 0 ? paragraph(`and ${hidden} more`) : "";
    return `<h2 style="margin:16px 0 4px;font-size:16px;line-height:22px">${escapeHtml(heading)}</h2><table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed">${rows.join("")}</table>${rest}`;
  });
  const { acknowledgeUrl } = message;
  const acknowledge = acknowledgeUrl
    ? `<p style="margin:20px 0 4px"><a href="${escapeHtml(acknowledgeUrl)}" style="display:inline-block;padding:8px 20px;border-radius:20px;background:#0050b3;color:#ffffff;text-decoration:none;font-weight:bold">Acknowledge these findings</a></p>${paragraph("The link shows what it will do before doing it, and works once.")}`
    : "";
  return `${groups.join("\n")}${acknowledge}`;
}

function paragraph(words: string): string {
  return `<p style="margin:4px 0;color:#424650">${escapeHtml(words)}</p>`;
}

function footer({ publicAddress }: ChannelMessage): string {
  const words = publicAddress
    ? `<a href="${escapeHtml(publicAddress)}" style="color:#0050b3">${escapeHtml(PRODUCT.name)}</a>`
    : "There are no links: an administrator can set the public address under Settings, Notifications.";
  return `<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #c6c6cd;color:#424650;font-size:12px">${words}</p>`;
}
