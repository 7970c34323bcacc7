import type { ChannelKind } from "@/lib/contracts/notifications";
import type { Channel } from "./define-channel";
import { email } from "./email";
import { slack } from "./slack";
import { sns } from "./sns";
import { teams } from "./teams";
import { webhook } from "./webhook";

/** Every kind of channel. */
export const CHANNELS: Readonly<Record<ChannelKind, Channel>> = { email, slack, teams, webhook, sns };
