import { useState, type ReactNode } from "react";
import { App, Button, Dropdown } from "antd";
import { Ellipsis, UserPlus, UsersRound } from "lucide-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { User } from "@tandem/shared";
import { FailedState, NotFoundPage, StatePage } from "../app/StatePage";
import { Face } from "../look/Face";
import { Waiting } from "../look/Waiting";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMay, useMe } from "../session/session";
import { PasswordReset } from "./PasswordReset";
import { UserDialog } from "./UserDialog";
import { placeUser, usersKey } from "./users";
import "../look/page.css";
import "./users.css";

type Open = { what: "new" } | { what: "edit" | "password"; user: User };

export default function UsersPage(): ReactNode {
  return useMay("user:manage") ? <Users /> : <NotFoundPage />;
}

function Users(): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const users = useQuery({ queryKey: usersKey, queryFn: () => api.get<User[]>("/users") });
  const close = (): void => setOpen(null);
  return (
    <div className="page">
      <header className="page-top">
        <h1>{t("section.users")}</h1>
        <Button type="primary" icon={<UserPlus size={16} />} onClick={() => setOpen({ what: "new" })}>{t("users.new")}</Button>
      </header>
      {users.isPending && <Waiting rows={5} />}
      {users.isError && <FailedState title={t("users.failed")} hint={sayProblem(users.error)} onRetry={() => void users.refetch()} />}
      {users.data && (
        <ul className="people">
          {users.data.map((user) => <Person key={user.id} user={user} onOpen={setOpen} />)}
        </ul>
      )}
      {users.data?.length === 1 && <StatePage icon={<UsersRound />} title={t("users.empty")} hint={t("users.emptyHint")} />}
      {open?.what === "new" && <UserDialog user={null} onClose={close} />}
      {open?.what === "edit" && <UserDialog user={open.user} onClose={close} />}
      {open?.what === "password" && <PasswordReset user={open.user} onClose={close} />}
    </div>
  );
}

function Person({ user, onOpen }: { user: User; onOpen: (open: Open) => void }): ReactNode {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const setActive = useSetActive(user);
  const items = [
    { key: "edit", label: t("users.edit"), onClick: () => onOpen({ what: "edit", user }) },
    { key: "password", label: t("users.reset"), onClick: () => onOpen({ what: "password", user }) },
    // Nobody locks himself out.
    ...(user.id === me ? [] : [{ key: "active", danger: user.active, label: t(user.active ? "users.deactivate" : "users.activate"), onClick: setActive }]),
  ];
  return (
    <li className={user.active ? "person" : "person person-inactive"}>
      <Face voice="agent" name={user.name} size={36} />
      <div className="person-who">
        <b className="clip"><bdi>{user.name}</bdi>{user.id === me && <span className="quiet"> · {t("common.you")}</span>}</b>
        <span className="quiet clip">{user.email}</span>
      </div>
      <span className={`person-role person-${user.role}`}>{t(`role.${user.role}`)}</span>
      <span className="person-state quiet">{t(user.active ? "users.active" : "users.inactive")}</span>
      <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
        <button type="button" className="icon-button" aria-label={`${t("common.more")} · ${user.name}`}><Ellipsis size={18} /></button>
      </Dropdown>
    </li>
  );
}

function useSetActive(user: User): () => void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queries = useQueryClient();
  const save = async (): Promise<void> => {
    try {
      const saved = await api.patch<User>(`/users/${user.id}`, { active: !user.active });
      queries.setQueryData<User[]>(usersKey, (known) => known && placeUser(known, saved));
    } catch (error) {
      message.error(sayProblem(error));
    }
  };
  if (!user.active) return () => void save();
  return () =>
    void modal.confirm({
      title: t("users.deactivate"), content: t("users.deactivateConfirm", { name: user.name }), okText: t("users.deactivate"), okButtonProps: { danger: true }, cancelText: t("common.cancel"), onOk: save,
    });
}
