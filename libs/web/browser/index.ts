export { AppFrame } from './app-frame.js';
export { LanguageSwitch } from './language-switch.js';
export { chooseLanguage, type Language, startLanguages, useLanguage } from './languages.js';
export { default as mark } from './mark.svg';
export { Problem } from './problem.js';
export { ProblemNotice, useProblemSentence } from './problem-notice.js';
export { retry } from './retry.js';
export { type Question, send } from './send.js';
export { theme } from './theme.js';
