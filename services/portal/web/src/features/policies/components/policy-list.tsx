import type { PolicyFiles } from '@yinglian/contracts';
import { policiesOf } from '../domain/policies.js';

/** All policies with what is said of each, to be read from top to bottom. */
export function PolicyList({ files }: { readonly files: PolicyFiles }) {
  return Object.entries(files).map(([name, file]) => (
    <section key={name} className="panel policy-file" aria-label={name}>
      <h2 className="figures">{name}</h2>
      {policiesOf(file).map(({ id, says, cedar }) => (
        <article key={id} className="policy">
          <h3 className="figures">{id}</h3>
          <p>{says}</p>
          <pre className="cedar">{cedar}</pre>
        </article>
      ))}
    </section>
  ));
}
