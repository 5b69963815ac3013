import { Fragment, h, type Child } from "../elements/jsx";
import { isSafeHref, saySize, type Attachment } from "@tandem/shared";
import { useHere } from "./here";
import { Icon } from "./icons";
import { FILE } from "./paths";

const WIDEST = 220;

export function Attachments({ files }: { files: readonly Attachment[] }): Child {
  return <>{files.map((file) => (file.width && file.height ? <Image file={file} /> : <File file={file} />))}</>;
}

/** Its room is known before it is loaded, so that nothing jumps. */
function Image({ file }: { file: Attachment }): Child {
  const shrink = Math.min(1, WIDEST / (file.width ?? WIDEST), WIDEST / (file.height ?? WIDEST));
  const [width, height] = [file.width ?? WIDEST, file.height ?? WIDEST].map((side) => Math.max(40, Math.round(side * shrink)));
  return (
    <a class="image" {...useAddress(file)} aria-label={file.name}>
      <img src={useAddress(file).href} alt={file.name} width={width} height={height} loading="lazy" />
    </a>
  );
}

function File({ file }: { file: Attachment }): Child {
  const { manner } = useHere();
  return (
    <a class="file line" {...useAddress(file)}>
      <Icon path={FILE} />
      <span class="grow clip">{file.name}</span>
      <span class="quiet">{saySize(file.size, manner.locale)}</span>
    </a>
  );
}

function useAddress({ url }: Attachment): { href?: string; target: string; rel: string } {
  const { base } = useHere();
  return { ...(isSafeHref(url) && { href: new URL(url, base).href }), target: "_blank", rel: "noopener noreferrer" };
}
