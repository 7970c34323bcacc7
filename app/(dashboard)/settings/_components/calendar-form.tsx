"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import type { SettingsView } from "@/lib/contracts/settings";
import { monthName } from "./settings-diff";
import { SettingsForm } from "./settings-form";

const MONTHS = Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: monthName(index + 1) }));

/** When the fiscal year starts, and how many metrics are read. */
export function CalendarForm({ view }: { view: SettingsView }) {
  const [month, setMonth] = useState(view.settings.fiscalYearStartMonth);
  const [series, setSeries] = useState(String(view.settings.metricsSeriesPerBroker));
  const count = /^\d{1,3}$/.test(series.trim()) ? Number(series) : Number.NaN;
  return (
    <SettingsForm
      title="Calendar and metrics"
      description="How quarters are cut, and how much is read from CloudWatch."
      view={view}
      edited={{ fiscalYearStartMonth: month, metricsSeriesPerBroker: count }}
      onReset={() => {
        setMonth(view.defaults.fiscalYearStartMonth);
        setSeries(String(view.defaults.metricsSeriesPerBroker));
      }}
    >
      <FormField
        label="First month of the fiscal year"
        description="Quarters start at this month. With January they are written 2026-Q3, otherwise FY2027-Q1."
      >
        <Select
          options={MONTHS}
          selectedOption={MONTHS.find(({ value }) => value === String(month)) ?? null}
          onChange={({ detail }) => setMonth(Number(detail.selectedOption.value ?? month))}
        />
      </FormField>
      <FormField
        label="Metrics read per broker"
        description="0 to 12, once a day. AWS bills $0.01 for each 1,000 metrics requested."
        errorText={Number.isNaN(count) || count > 12 ? "Write a whole number from 0 to 12." : undefined}
      >
        <Input type="number" inputMode="numeric" value={series} onChange={({ detail }) => setSeries(detail.value)} />
      </FormField>
    </SettingsForm>
  );
}
