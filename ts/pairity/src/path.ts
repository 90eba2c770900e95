/** Paths as the native functions take them; private to the package. */
import { fileURLToPath } from "node:url";

/** The text of a path; what is neither a string nor a URL goes on as it is, and is refused with a word for its type. */
export function pathText(path: string | URL): string {
  return path instanceof URL ? fileURLToPath(path) : path;
}
