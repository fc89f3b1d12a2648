/** Facility 10 (security), severity 5 (notice), as IHE ITI TF-2 3.20 has it for audit messages. */
const PRIORITY = 10 * 8 + 5;
const APP = 'yinglian';
/** RFC 5424 section 6: a message in UTF-8 begins with it. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface SyslogSender {
  readonly hostname: string;
  readonly processId: number;
}

/** An audit message as syslog (RFC 5424), behind its length (RFC 5425 section 4.3). */
export function syslogFrame(message: string, at: Date, { hostname, processId }: SyslogSender): Buffer {
  const host = hostname.replace(/[^\x21-\x7E]/g, '').slice(0, 255) || '-';
  const header = `<${PRIORITY}>1 ${at.toISOString()} ${host} ${APP} ${processId} DICOM+RFC3881 - `;
  const bytes = Buffer.from(`${header}${BYTE_ORDER_MARK}${message}`);
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
}
