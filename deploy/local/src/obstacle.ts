/** Something that the person at the keyboard can put right. The message is one sentence that says how; no stack trace. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
}
