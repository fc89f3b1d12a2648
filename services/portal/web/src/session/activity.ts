let lastAt = Date.now();

for (const act of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  addEventListener(
    act,
    () => {
      lastAt = Date.now();
    },
    { capture: true, passive: true },
  );
}

/**
 * How long nobody used this page, said with each renewal of the token: renewals alone do not keep a session alive. It is
 * computed when it is read.
 */
export const idleness = {
  get idle_s() {
    return Math.floor((Date.now() - lastAt) / 1_000);
  },
};
