/** Parts of names of several parts, as minorities have them; invented combinations of common parts. */
export const MINORITY_PARTS = {
  M: '买买提 阿卜杜热合曼 买买提吐尔逊 阿卜杜拉 吐尔逊 艾合买提 玉素甫 卡德尔 阿迪力 依明 库尔班 艾尔肯 巴图 扎西 多吉 旦增 索朗 尼玛'.split(
    ' ',
  ),
  F: '古丽 布威海丽且木 努尔比亚古丽 阿依古丽 帕提古丽 热依汗 茹仙古丽 米热古丽 阿米娜 其其格 卓玛 央金 白玛 次仁 拉姆 德吉 阿丽亚 祖丽菲娅'.split(
    ' ',
  ),
} as const;

/** Western names; invented combinations of common parts. */
export const WESTERN_GIVEN = {
  M: 'James John Robert Michael David Thomas Daniel Peter Paul Mark Andrew Stefan Pierre Luca Marco Sven Oliver Ivan'.split(
    ' ',
  ),
  F: 'Mary Anna Emma Sarah Laura Julia Maria Elena Sophie Claire Nina Olga Ingrid Helen Alice Rachel Carmen Eva'.split(
    ' ',
  ),
} as const;

export const WESTERN_FAMILY =
  "Smith Johnson Brown Miller Davis Wilson Taylor Martin Lee Clark Müller Schmidt Weber Dubois Moreau Rossi García López Ivanov Petrov Hansen O'Brien Murphy van der Berg-Jansen".split(
    / (?!der|Berg)/,
  );

/** Characters that are rare in names: those that GBK has, and those that it lacks, which old systems cannot keep. */
export const RARE_CHARACTERS = {
  withinGbk: [...'喆堃翀玥珺珩琎赟韡骉淼焱垚犇甯昉昇祎禛璟瑀翯頔'],
  outsideGbk: [...'䶮㛃㬎䴙𬱖𬍛𬭎𫍽𬀩𬸪𪩘'],
} as const;
