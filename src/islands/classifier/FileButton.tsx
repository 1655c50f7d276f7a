import { useEffect, useRef } from 'preact/hooks';

interface FileButtonProps {
  readonly label: string;
  readonly accept?: string;
  readonly onFile: (file: File) => void;
  /** The attribute by which scripts find the input. */
  readonly marker: 'data-image-input' | 'data-checkpoint-input' | 'data-compare-input';
}

/** A file input that looks like a button. A file chosen before hydration counts as well. */
export function FileButton({ label, accept, onFile, marker }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    const file = input.current?.files?.[0];
    if (!input.current || !file) return;
    // The same file chosen again is a change again.
    input.current.value = '';
    onFile(file);
  };
  useEffect(take, []);
  return (
    <label class="file">
      <input
        ref={input}
        type="file"
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
