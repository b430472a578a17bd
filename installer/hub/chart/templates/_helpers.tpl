{{- define "hub.name" -}}{{ .Release.Name }}{{- end }}

{{- define "hub.labels" -}}
app.kubernetes.io/name: beffroi-hub
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "hub.part" -}}
app.kubernetes.io/name: beffroi-hub
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "hub.selector" -}}
{{ include "hub.part" . }}
app.kubernetes.io/component: replica
{{- end }}

{{- define "hub.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end }}

{{- define "hub.databaseSecret" -}}
{{- if eq .Values.database.mode "operator" }}{{ include "hub.name" . }}-database-app{{ else }}{{ .Values.database.external.secret }}{{ end }}
{{- end }}

{{- define "hub.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "hub.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "hub.environment" -}}
- name: BEFFROI_HUB_DATABASE
  valueFrom: { secretKeyRef: { name: {{ include "hub.databaseSecret" . }}, key: uri } }
- { name: BEFFROI_HUB_KEYS, value: /keys }
- { name: BEFFROI_HUB_DATA, value: /work }
- { name: BEFFROI_HUB_NAMES, value: {{ .Values.hostname | quote }} }
- { name: BEFFROI_HUB_URL, value: "https://{{ .Values.hostname }}{{ if ne (int .Values.service.port) 443 }}:{{ .Values.service.port }}{{ end }}" }
- { name: BEFFROI_HUB_LISTEN, value: "0.0.0.0:8843" }
- { name: BEFFROI_HUB_MONITOR, value: "0.0.0.0:{{ .Values.metrics.port }}" }
- { name: BEFFROI_HUB_KEEP_DAYS, value: {{ .Values.keepDays | quote }} }
- { name: BEFFROI_HUB_BLOBS, value: {{ .Values.blobs.url | quote }} }
- { name: AWS_ENDPOINT_URL, value: {{ .Values.blobs.endpoint | quote }} }
- { name: AWS_REGION, value: {{ .Values.blobs.region | quote }} }
- name: AWS_ACCESS_KEY_ID
  valueFrom: { secretKeyRef: { name: {{ .Values.blobs.secret }}, key: access_key_id } }
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ .Values.blobs.secret }}, key: secret_access_key } }
{{- with .Values.oidc }}
{{- if .issuer }}
- { name: BEFFROI_HUB_OIDC_ISSUER, value: {{ .issuer | quote }} }
- { name: BEFFROI_HUB_OIDC_CLIENT, value: {{ .client | quote }} }
- { name: BEFFROI_HUB_OIDC_CLAIM, value: {{ .claim | quote }} }
- name: BEFFROI_HUB_OIDC_SECRET
  valueFrom: { secretKeyRef: { name: {{ .secret }}, key: secret } }
{{- end }}
{{- end }}
{{- with .Values.sources.allow }}
- { name: BEFFROI_HUB_SOURCES_ALLOW, value: {{ join "," . | quote }} }
{{- end }}
{{- with .Values.sources.proxySecret }}
- name: BEFFROI_HUB_SOURCES_PROXY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: url } }
{{- end }}
{{- with .Values.telemetry.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- end }}

{{- define "hub.mounts" -}}
- { name: keys, mountPath: /keys, readOnly: true }
- { name: work, mountPath: /work }
- { name: tmp, mountPath: /tmp }
{{- end }}

{{- define "hub.volumes" -}}
- name: keys
  secret: { secretName: {{ .Values.keysSecret }}, defaultMode: 0440 }
- name: work
  # Snapshots for new desktops, encrypted; their keys are only in the memory of the replica.
  emptyDir: { sizeLimit: {{ .Values.scratch }} }
- name: tmp
  emptyDir: { medium: Memory, sizeLimit: 64Mi }
{{- end }}
