/** What the controller sends. Field names are those of the REST answers. */

export type NodeKind = 'group' | 'workload' | 'host' | 'external';
export type Mode = 'Discover' | 'Monitor' | 'Protect';
export type Action = 'allow' | 'violate' | 'deny';

export interface MapNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly group?: string | null;
  readonly domain?: string | null;
  readonly image?: string | null;
  readonly members?: number | null;
  readonly addresses?: readonly string[] | null;
  readonly mode?: Mode | null;
  readonly state?: string | null;
}

export interface MapEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly applications: readonly string[];
  readonly ports: readonly string[];
  readonly bytes: number;
  readonly sessions: number;
  readonly action: Action;
  readonly severity?: string | null;
  /** Seconds since the epoch. */
  readonly first_seen_at: number;
  readonly last_seen_at: number;
}

export interface Snapshot {
  readonly revision: number;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly truncated?: boolean;
}

export interface Delta {
  readonly revision: number;
  readonly nodes?: readonly MapNode[];
  readonly edges?: readonly MapEdge[];
  readonly removed_nodes?: readonly string[];
  readonly removed_edges?: readonly string[];
}

export interface Conversation {
  readonly from: string;
  readonly from_name: string;
  readonly to: string;
  readonly to_name: string;
  readonly application: string;
  readonly port: string;
  readonly bytes: number;
  readonly sessions: number;
  readonly policy_action: string;
  readonly policy_id: number;
  readonly first_seen_at: number;
  readonly last_seen_at: number;
  readonly client_addresses?: readonly string[] | null;
  readonly server_addresses?: readonly string[] | null;
}

export interface Workload {
  readonly id: string;
  readonly name: string;
  readonly display_name?: string | null;
  readonly image?: string | null;
  readonly domain?: string | null;
  readonly service?: string | null;
  /** The learned group. */
  readonly service_group?: string | null;
  readonly host_name?: string | null;
  readonly state?: string | null;
  readonly applications?: readonly string[] | null;
}

export interface Session {
  readonly id: string | number;
  readonly workload?: string;
  readonly application?: string | null;
  /** IP protocol number, or its name. */
  readonly ip_proto?: number | string | null;
  readonly client_ip: string;
  readonly client_port: number;
  readonly server_ip: string;
  readonly server_port: number;
  readonly client_bytes: number;
  readonly server_bytes: number;
  /** Seconds. */
  readonly age: number;
  readonly client_state?: string | null;
  readonly server_state?: string | null;
}

export interface Sniffer {
  readonly id: string;
  readonly status: string;
  readonly enforcer_id?: string;
  readonly container_id?: string;
  readonly size: number;
  readonly file_number?: number;
  /** Why it failed, if it did. */
  readonly problem?: string | null;
}

export interface Summary {
  readonly hosts?: number;
  readonly controllers?: number;
  readonly enforcers?: number;
  readonly domains?: number;
  readonly workloads?: number;
  readonly running_workloads?: number;
  readonly services?: number;
  readonly policy_rules?: number;
  readonly platform?: string;
}

/** The learned group of a service: nv.service.domain, or nv.service without a domain. */
function groupName(service: string, domain: string | null | undefined): string {
  return domain ? `nv.${service}.${domain}` : `nv.${service}`;
}

/** The group a container belongs to: what the controller says, else by the rule for names. */
export function groupOf(workload: Workload): string | undefined {
  if (workload.service_group) return workload.service_group;
  return workload.service ? groupName(workload.service, workload.domain) : undefined;
}
