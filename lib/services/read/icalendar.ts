import { addDays, parsePlainDate } from "@/lib/domain/plain-date";

/** An event of whole days; RFC 5545 dates without time and zone. */
export interface CalendarEvent {
  /** Globally unique, and the same each time the event is written. */
  uid: string;
  /** YYYY-MM-DD; the event lasts this one day. */
  day: string;
  summary: string;
  description: string;
  categories: readonly string[];
}

const FOLD_OCTETS = 75;
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;

/** Text of a value: what separates values is escaped, line breaks are written `\n`, other control characters left out (RFC 5545, 3.3.11). */
export function calendarText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .split("\n")
    .map((line) => line.replace(CONTROL, ""))
    .join("\\n");
}

/** A content line cut into lines of at most 75 octets, the next ones after a space, never inside a character (RFC 5545, 3.1). */
export function foldedLine(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let current = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > FOLD_OCTETS) {
      lines.push(current);
      current = " ";
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join("\r\n");
}

/** A calendar of whole-day events as iCalendar text (RFC 5545), in the order given. `at` is when it was written. */
export function calendarFile(calendar: {
  name: string;
  description: string;
  at: Date;
  events: readonly CalendarEvent[];
}): string {
  const stamp = `${calendar.at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//MQ Steward//Life cycle//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    // Both the name of RFC 7986 and the one that older programs read.
    ...["NAME", "X-WR-CALNAME"].map((name) => `${name}:${calendarText(calendar.name)}`),
    ...["DESCRIPTION", "X-WR-CALDESC"].map((name) => `${name}:${calendarText(calendar.description)}`),
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    "X-PUBLISHED-TTL:PT12H",
    ...calendar.events.flatMap((event) => eventLines(event, stamp)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldedLine(line)}\r\n`).join("");
}

function eventLines({ uid, day, summary, description, categories }: CalendarEvent, stamp: string): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${calendarText(uid)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(dayAfter(day))}`,
    `SUMMARY:${calendarText(summary)}`,
    `DESCRIPTION:${calendarText(description)}`,
    `CATEGORIES:${categories.map(calendarText).join(",")}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function compact(day: string): string {
  return day.replaceAll("-", "");
}

function dayAfter(day: string): string {
  return addDays(parsePlainDate(day), 1);
}

/** The calendar as a download that programs can subscribe to. */
export function calendarResponse(fileName: string, text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `inline; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
}
