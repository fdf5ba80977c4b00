package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube"
	"github.com/argoproj/argo-cd/v3/commitserver/apiclient"
	"github.com/argoproj/argo-cd/v3/commitserver/commit"
	"github.com/argoproj/argo-cd/v3/util/git"
)

// A line of `hydrate`: the files that are committed, and the objects that Argo CD reads from them again.
type hydrated struct {
	Error   string                       `json:"error,omitempty"`
	Files   []string                     `json:"files"`
	Objects []*unstructured.Unstructured `json:"objects"`
}

// Writes what the Source Hydrator commits for each line of manifests.
func hydrateAll(in io.Reader) error {
	lines := bufio.NewReader(in)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		var manifests []json.RawMessage
		if err := json.Unmarshal(line, &manifests); err != nil {
			return err
		}
		answer, err := hydrate(manifests)
		if err != nil {
			answer = hydrated{Error: err.Error()}
		}
		if err := out.Encode(answer); err != nil {
			return err
		}
	}
}

// Nothing was committed before, so that everything is a change.
type emptyRepository struct{ git.Client }

func (emptyRepository) HasFileChanged(context.Context, string) (bool, error) { return true, nil }

func hydrate(manifests []json.RawMessage) (hydrated, error) {
	directory, err := os.MkdirTemp("", "hydrated-")
	if err != nil {
		return hydrated{}, err
	}
	defer os.RemoveAll(directory)
	root, err := os.OpenRoot(directory)
	if err != nil {
		return hydrated{}, err
	}
	defer root.Close()
	path := &apiclient.PathDetails{Path: "my-agent"}
	for _, manifest := range manifests {
		path.Manifests = append(path.Manifests, &apiclient.HydratedManifestDetails{ManifestJSON: string(manifest)})
	}
	if _, err := commit.WriteForPaths(context.Background(), root, "https://git.example.com/agents.git", "0123456789abcdef", nil,
		[]*apiclient.PathDetails{path}, emptyRepository{}, "Rendered.\n"); err != nil {
		return hydrated{}, err
	}
	var answer hydrated
	entries, err := os.ReadDir(directory + "/my-agent")
	if err != nil {
		return hydrated{}, err
	}
	for _, entry := range entries {
		answer.Files = append(answer.Files, entry.Name())
	}
	text, err := os.ReadFile(directory + "/my-agent/" + commit.ManifestYaml)
	if err != nil {
		return hydrated{}, err
	}
	answer.Objects, err = kube.SplitYAML(text)
	return answer, err
}
