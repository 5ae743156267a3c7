import { Button } from "#components/ui/button.tsx";

type Props = { action: string; children: string; quiet?: boolean };

/** One button that does one thing at one address. */
export function PressForm({ action, children, quiet }: Props) {
  return (
    <form method="post" action={action}>
      <Button type="submit" quiet={quiet}>
        {children}
      </Button>
    </form>
  );
}
