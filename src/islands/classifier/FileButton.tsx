import { useEffect, useRef } from 'preact/hooks';

interface FileButtonProps {
  readonly label: string;
  readonly accept?: string;
  /** Told of the first file that was chosen, and of further ones if several may be. */
  readonly onFile: (file: File, ...further: File[]) => void;
  readonly multiple?: boolean;
  /** The attribute by which scripts find the input. */
  readonly marker: 'data-image-input' | 'data-checkpoint-input' | 'data-compare-input';
}

/** A file input that looks like a button. A file chosen before hydration counts as well. */
export function FileButton({ label, accept, onFile, multiple = false, marker }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const [file, ...further] = input.current?.files ?? [];
    if (!input.current || !file) return;
    // The same file chosen again is a change again.
    input.current.value = '';
    onFile(file, ...further);
  };
  useEffect(take, []);
  return (
    <label class="file">
      <input
        ref={input}
        type="file"
        multiple={multiple}
        class="sr-only"
        autocomplete="off"
        {...(accept !== undefined && { accept })}
        {...{ [marker]: true }}
        onChange={take}
      />
      {label}
    </label>
  );
}
