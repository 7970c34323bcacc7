"use client";

import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { TOKENS } from "./tokens";

/** Preformatted text with a copy button. The region scrolls by keyboard as well. */
export function CodeBlock({ text, label, maxHeight = 420 }: { text: string; label: string; maxHeight?: number }) {
  return (
    <div style={{ position: "relative" }}>
      <div style={{ position: "absolute", insetBlockStart: 8, insetInlineEnd: 16, zIndex: 1 }}>
        <CopyToClipboard
          variant="icon"
          copyButtonAriaLabel={`Copy ${label}`}
          copySuccessText="Copied"
          copyErrorText="Could not be copied"
          textToCopy={text}
        />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard (axe: scrollable-region-focusable)
        tabIndex={0}
        className="mqs-code"
        style={{ maxHeight, background: TOKENS.colorBackgroundCodeView, borderColor: TOKENS.colorBorderDividerDefault }}
      >
        <pre>{text}</pre>
      </section>
    </div>
  );
}
