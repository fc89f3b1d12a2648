// From GB 11643-1999 itself; copied wherever a number is needed.
const OF_DOCUMENTATION = ['11010519491231002X', '440524188001010014'];
const WORDS = /^(无|没有|不详|未知|未提供|暂无|自费|本人|NULL|NONE|NIL|NA|N\/A|UNKNOWN|TEST|测试|ID|XXX+)$/;
const UP = '01234567890123456789';
const DOWN = '98765432109876543210';
/** Shorter ones are numbers of patients in small hospitals. */
const SHORTEST_SEQUENCE = 6;

/** What is written where there is no number. Takes a plain number. */
export const isPlaceholderNumber = (number: string): boolean =>
  WORDS.test(number) || !/[\p{L}\p{Nd}]/u.test(number) || /^(0+|(.)\2{5,})$/u.test(number) || isSequence(number);

/** What is written where a resident id is asked for. Takes 18 characters, the check character right or not. */
export function isPlaceholderResidentId(number: string): boolean {
  const [address, order] = [number.slice(0, 6), number.slice(14, 17)];
  return (
    OF_DOCUMENTATION.includes(number) ||
    /^(.)\1{16}/.test(number) ||
    isSequence(number.slice(0, 17)) ||
    // A birth date in a number that is otherwise made up.
    /^(.)\1{5}$/.test(address) ||
    isSequence(address) ||
    (address.endsWith('0000') && order === '000')
  );
}

/** 123456, 987654, 0123456789. */
const isSequence = (text: string): boolean =>
  text.length >= SHORTEST_SEQUENCE && (UP.includes(text) || DOWN.includes(text));
