import type { SenderSettings } from './hl7-settings.js';

/** The settings of a sender; those that name more of it go first. */
export function findSender(
  senders: readonly SenderSettings[],
  application: string,
  facility: string,
): SenderSettings | undefined {
  const fits = (wanted: string | undefined, actual: string) => wanted === undefined || wanted === actual;
  const named = (sender: SenderSettings) =>
    Number(sender.application !== undefined) + Number(sender.facility !== undefined);
  return senders
    .filter((sender) => fits(sender.application, application) && fits(sender.facility, facility))
    .reduce<SenderSettings | undefined>(
      (best, sender) => (best === undefined || named(sender) > named(best) ? sender : best),
      undefined,
    );
}

/** Whether a sender's messages of a type (`ADT^A01`) are acknowledged and not used. */
export const isIgnored = ({ ignore }: SenderSettings, type: string): boolean =>
  ignore.includes(type) || ignore.includes(`${type.slice(0, 3)}^*`);
