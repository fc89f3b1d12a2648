/** The presentation state is broken, or says what is not shown here. Says which; never holds patient data. */
export class UnshownState extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnshownState';
  }
}
