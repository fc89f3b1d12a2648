import type { AlarmCode } from '../../../src/alarms/alarm-codes.js';

export interface AlarmWords {
  readonly title: string;
  readonly meaning: string;
  readonly todo: string;
}

/** Of each alarm: its name, what it means for the hospital, and what to do. */
export const alarmsZh: Readonly<Record<AlarmCode, AlarmWords>> = {
  HOSPITAL_FILE_INVALID: {
    title: '本院配置文件有误',
    meaning: '最近一次修改没有生效，网关仍按修改前的配置运行。',
    todo: '请按下面指出的位置改正配置文件。',
  },
  LEDGER_BROKEN: {
    title: '网关账本写入失败',
    meaning: '磁盘没有保存应保存的内容，网关已停止确认新的消息。',
    todo: '请检查磁盘后重新启动网关。',
  },
  EVENT_LOG_AWAY: {
    title: '省平台的事件日志没有应答',
    meaning: '影像照常接收；新到检查的消息会在恢复后补发。',
    todo: '若持续半小时以上，请联系省平台。',
  },
  DICOM_CERTIFICATE_ENDS: {
    title: 'DICOM TLS 证书即将到期',
    meaning: '到期后设备将无法通过加密端口连接。',
    todo: '请在到期前更换证书文件，更换后无需重启。',
  },
  DICOM_TLS_FILES_INVALID: {
    title: 'DICOM TLS 的密钥或证书文件有误',
    meaning: '网关继续使用上一次读到的有效文件。',
    todo: '请检查密钥、证书和 CA 文件是否完整并相互匹配。',
  },
  PAGE_CERTIFICATE_ENDS: {
    title: '网关页面的证书即将到期',
    meaning: '到期后浏览器会警告或拒绝打开本页面。',
    todo: '请在到期前更换证书文件，更换后无需重启。',
  },
  PAGE_TLS_FILES_INVALID: {
    title: '网关页面的密钥或证书文件有误',
    meaning: '页面继续使用上一次读到的有效文件。',
    todo: '请检查密钥和证书文件是否完整并相互匹配。',
  },
  MESSAGES_NOT_KEPT: {
    title: '消息无法保存',
    meaning: 'HIS 和 RIS 的消息没有得到确认，对方会重发。',
    todo: '请检查网关磁盘空间和磁盘状态。',
  },
  MESSAGES_NOT_APPLIED: {
    title: '消息处理中断',
    meaning: '消息已保存，但暂时没有处理。',
    todo: '网关会自动重试；若持续，请联系省平台。',
  },
  MESSAGES_PARKED: {
    title: '有无法处理的消息',
    meaning: '部分就诊、申请或报告没有到达省平台。',
    todo: '请在“待处理”中按原因逐一解决。',
  },
  COMMITMENT_REPORTS_WAIT: {
    title: '存储确认无法送达设备',
    meaning: '设备可能会一直保留已上传的影像。',
    todo: '请检查设备地址配置，以及设备是否开机联网。',
  },
  PACS_AWAY: {
    title: '院内 PACS 没有应答',
    meaning: '历史影像的回补暂停，恢复后自动继续。',
    todo: '请检查 PACS 和网络。',
  },
  PRIORS_DESTINATION_AWAY: {
    title: '外院既往影像无法送达',
    meaning: '外院检查暂存等待，设备恢复后自动发送。',
    todo: '请检查配置文件中“priors”指定的设备是否开机、联网、有空间。',
  },
  PROVINCE_AWAY: {
    title: '省平台没有应答',
    meaning: '影像照常接收，保存在网关上，恢复后自动上传。',
    todo: '请检查上行线路；若线路正常，请联系省平台。',
  },
  PROVINCE_FULL: {
    title: '省平台存储空间不足',
    meaning: '影像照常接收，保存在网关上，暂时不能上传。',
    todo: '请通知省平台。',
  },
  CREDENTIAL_REFUSED: {
    title: '省平台不接受网关的凭据',
    meaning: '影像照常接收，但不能上传。',
    todo: '请联系省平台重新签发网关凭据。',
  },
  CLOCK_WRONG: {
    title: '网关时钟不准',
    meaning: '接收和上传的时间记录有误，登录省平台也可能失败。',
    todo: '请在网关主机上启用时间同步。',
  },
  CERTIFICATE_NEAR_END: {
    title: '证书即将到期',
    meaning: '到期后加密连接会中断。',
    todo: '请在到期前更换证书。',
  },
  LINK_DOWN: {
    title: '一条上行线路不通',
    meaning: '上传改走其他线路。',
    todo: '请检查该线路。',
  },
  SPOOL_FILLING: {
    title: '网关存储空间将满',
    meaning: '满后网关会暂停接收。',
    todo: '请检查上行线路；必要时扩大磁盘。',
  },
  SPOOL_FULL: {
    title: '网关存储空间已满',
    meaning: '设备的影像和消息正被拒收，设备应会保留并重发。',
    todo: '请尽快恢复上传或扩大磁盘。',
  },
  SPOOL_DAMAGED: {
    title: '网关磁盘上的数据有损坏',
    meaning: '损坏的部分已另行保存，没有上传。',
    todo: '请检查磁盘，并让设备重新发送有关检查。',
  },
  PACKS_REFUSED: {
    title: '有影像被省平台拒收',
    meaning: '这些影像保存在网关上，没有进入省平台。',
    todo: '请在“待处理”中查看原因。',
  },
  AUDIT_LOG_CONTRADICTS: {
    title: '省平台的审计日志与此前不一致',
    meaning: '本院持有签名检查点的记录缺失或被改写。',
    todo: '请保存网关存储目录 audit-log/ 中的文件，并通过其他途径通知省平台审计员。',
  },
};
