import type { ReactNode } from "react";
import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { languageNow } from "../i18n/i18n";
import type { WhenProps } from "./WhenField";

const DAY = "YYYY-MM-DD";
const SHOWN = { "zh-CN": "YYYY年M月D日", en: "D MMM YYYY" };

export default function CalendarField({ value, onChange, label, day = false, wrong = false, future = false }: WhenProps): ReactNode {
  const shown = SHOWN[languageNow()];
  return (
    <DatePicker
      className="when-field"
      value={value === null ? null : dayjs(value)}
      onChange={(at) => onChange(at ? (day ? at.format(DAY) : at.toISOString()) : null)}
      showTime={day ? false : { format: "HH:mm", minuteStep: 5 }}
      format={day ? shown : `${shown} HH:mm`}
      {...(wrong && { status: "error" as const })}
      {...(future && { minDate: dayjs() })}
      needConfirm={false}
      aria-label={label}
    />
  );
}
