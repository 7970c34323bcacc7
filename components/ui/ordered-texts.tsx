"use client";

import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";

interface OrderedTextsProps {
  /** What one entry is, in the singular: names fields and buttons. */
  what: string;
  values: readonly string[];
  onChange(values: string[]): void;
  max: number;
}

/** A list of texts whose order matters: the first that applies decides. */
export function OrderedTexts({ what, values, onChange, max }: OrderedTextsProps) {
  const replace = (index: number, value: string) => onChange(values.map((old, at) => (at === index ? value : old)));
  const swap = (index: number, other: number) => {
    const next = [...values];
    [next[index], next[other]] = [next[other] ?? "", next[index] ?? ""];
    onChange(next);
  };
  return (
    <SpaceBetween size="xs">
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what an entry is; its text changes while it is typed
        <div key={index} style={{ display: "flex", gap: 8, alignItems: "center", maxWidth: 560 }}>
          <div style={{ flex: 1 }}>
            <Input
              value={value}
              ariaLabel={`${what} ${index + 1}`}
              onChange={({ detail }) => replace(index, detail.value)}
              invalid={value.trim() === ""}
            />
          </div>
          <Button
            variant="icon"
            iconName="angle-up"
            ariaLabel={`Move ${what} ${index + 1} up`}
            disabled={index === 0}
            onClick={() => swap(index, index - 1)}
          />
          <Button
            variant="icon"
            iconName="angle-down"
            ariaLabel={`Move ${what} ${index + 1} down`}
            disabled={index === values.length - 1}
            onClick={() => swap(index, index + 1)}
          />
          <Button
            variant="icon"
            iconName="remove"
            ariaLabel={`Remove ${what} ${index + 1}`}
            disabled={values.length === 1}
            onClick={() => onChange(values.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button disabled={values.length >= max} onClick={() => onChange([...values, ""])}>
        Add {what}
      </Button>
    </SpaceBetween>
  );
}
