import type { ChannelKind } from "@/lib/contracts/notifications";

interface ChannelField {
  key: string;
  label: string;
  description?: string;
  options?: readonly { value: string; label: string }[];
}

/** The fields of each kind that are no secret, as the form asks for them. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelKind, readonly ChannelField[]>> = {
  email: [
    { key: "host", label: "SMTP server", description: "One in your own network must be allowed below." },
    { key: "port", label: "Port", description: "587 for STARTTLS, 465 for TLS." },
    {
      key: "security",
      label: "Encryption",
      options: [
        { value: "starttls", label: "STARTTLS, required" },
        { value: "tls", label: "TLS from the start" },
        { value: "none", label: "None (a relay in your own network)" },
      ],
    },
    { key: "from", label: "Sender's address" },
    { key: "user", label: "User name", description: "Empty where the server asks for none." },
  ],
  slack: [],
  teams: [],
  webhook: [{ key: "url", label: "Address", description: "Gets JSON by POST, one request per event." }],
  sns: [
    {
      key: "topicArn",
      label: "Topic ARN",
      description: "Needs sns:Publish on this topic: the only thing the product writes in AWS.",
    },
  ],
};

/** The settings of a form's texts, in the types that the API takes. */
export function settingsOf(
  kind: ChannelKind,
  fields: Readonly<Record<string, string>>,
): Record<string, string | number> {
  return Object.fromEntries(
    CHANNEL_FIELDS[kind].map(({ key, options }) => {
      const text = (fields[key] ?? options?.[0]?.value ?? "").trim();
      return [key, key === "port" ? Number(text) : text];
    }),
  );
}
