import { modelOf, shortName } from '../../zoo/models.ts';

/** The variants as the head of a table; the first is what the others are compared with. */
export function Head({ ids, base }: { readonly ids: readonly string[]; readonly base: string }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        <td role="cell" />
        {ids.map((id, i) => (
          <th key={id} scope="col" role="columnheader" class="num">
            <a href={`${base}/models/${id}/`}>
              <span class="rx-family">RegNetX-</span>
              {shortName(modelOf(id))}
            </a>
            <small>{i === 0 ? 'the reference' : '\u00a0'}</small>
          </th>
        ))}
      </tr>
    </thead>
  );
}
