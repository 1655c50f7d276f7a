import { useEffect, useState } from 'preact/hooks';
import { Choice, Controls } from '../../charts/shared/Controls.tsx';
import type { Design } from '../../regnet/index.ts';
import { snippetsOf, type Snippet } from '../../zoo/codegen.ts';

/** A design as each code base writes it, to copy; without JavaScript all four stand below each other. */
export function CopyAs({ design, live }: { readonly design: Design; readonly live: boolean }) {
  const [chosen, setChosen] = useState<Snippet['id']>('timm');
  const snippets = snippetsOf(design);
  return (
    <section class="rx-copy-as" aria-labelledby="copy-as">
      <h2 id="copy-as">Copy as</h2>
      <Controls live={live} label="Code base" fallback="The same network in four code bases.">
        <Choice
          legend="Code base"
          options={snippets.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
        />
      </Controls>
      {snippets.map((snippet) => (
        <Code key={snippet.id} snippet={snippet} shown={snippet.id === chosen} live={live} />
      ))}
    </section>
  );
}

function Code({
  snippet: { id, name, code, note },
  shown,
  live,
}: {
  readonly snippet: Snippet;
  readonly shown: boolean;
  readonly live: boolean;
}) {
  const [message, setMessage] = useState('');
  useEffect(() => {
    setMessage('');
  }, [code]);
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => {
        setMessage('Copied.');
      },
      () => {
        setMessage('The browser did not allow it: select the text and copy it yourself.');
      },
    );
  };
  return (
    <div class={shown ? 'rx-snippet' : 'rx-snippet rx-other-snippet'} data-snippet={id}>
      <p class="rx-snippet-head">
        <span class="rx-without-script">{name}</span>
        <button type="button" class="rx-button" disabled={!live} onClick={copy}>
          Copy<span class="rx-spoken"> the code for {name}</span>
        </button>
        <span role="status">{message}</span>
      </p>
      <pre tabIndex={0} aria-label={`Code for ${name}`}>
        <code>{code}</code>
      </pre>
      {note !== null && <p class="rx-note">{note}</p>}
    </div>
  );
}
