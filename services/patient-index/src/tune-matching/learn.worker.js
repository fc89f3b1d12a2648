// The first file of a thread that learns a model. Specs run the sources as they are: there, `.js` names a `.ts` file.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!specifier.startsWith('.') || !specifier.endsWith('.js')) throw error;
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
  },
});

const { answerSample } = await import('./answer-sample.js');
answerSample();
