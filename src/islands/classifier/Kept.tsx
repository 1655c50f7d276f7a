/** What is kept on this device, of all variants, with a way to delete it. */
import type { KeptOnDevice } from './useKept.ts';
import { megabytes } from './words.ts';

export function Kept({ files, problem, forget }: KeptOnDevice) {
  const total = files?.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  return (
    <details class="kept" data-kept={files?.length}>
      <summary>
        Kept on this device: {files?.length ? `${megabytes(total)} MB` : 'no weights'}
      </summary>
      {files?.length ? (
        <ul>
          {files.map(({ id, sha256, bytes, whole }) => (
            <li key={sha256} data-kept-id={id}>
              <span>
                {id}, {megabytes(bytes)} MB{!whole && ', not whole yet'}
              </span>
              <button
                type="button"
                aria-label={`Delete ${id}`}
                onClick={() => {
                  forget(id);
                }}
              >
                Delete
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p>Official weights that you run here stay for the next visit, without the network too.</p>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </details>
  );
}
